#!/usr/bin/perl
# The golden runner must fail where it should: a stand-in for rolepress does each thing wrong.

use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use IO::Compress::Zip qw(:constants);
use Test::More;

my $runner = dirname($0) . '/run';
my $dir = tempdir(CLEANUP => 1);
my $case = "$dir/area/case";
mkdir "$dir/area";

sub put {
	my ($path, $text) = @_;
	open my $file, '>', $path or die "$path: $!";
	print $file $text;
	close $file;
}

# Makes the case afresh of the files named, and runs it: the exit status, and what was said.
sub golden {
	my ($arguments, %files) = @_;
	system 'rm', '-rf', $case;
	mkdir $case;
	for my $name (sort keys %files) {
		mkdir "$case/out" if $name =~ m,^out/,;
		put("$case/$name", $files{$name});
	}
	return again($arguments);
}

sub again {
	my ($arguments) = @_;
	local $ENV{HARNESS_ACTIVE} = 0;
	my $said = qx(ROLEPRESS='$dir/rolepress' '$runner' --cases '$dir' $arguments 2>&1);
	return ($? >> 8, $said);
}

sub content {
	my ($name) = @_;
	open my $file, '<', "$case/$name" or return undef;
	local $/;
	return scalar <$file>;
}

# It writes its input in capitals, and warns.
put("$dir/rolepress", <<'SH');
#!/bin/sh
tr a-z A-Z < "$1" > "$2"
echo "$1:1:1: warning: loud [loud]" >&2
SH
chmod 0755, "$dir/rolepress";

my %right = (
	'cmd' => "rolepress in.md out.txt\nexit 1\n", 'in.md' => "hello\n", 'out.txt' => "HELLO\n",
	'diag' => "in.md:1:1: warning: loud [loud]\n", 'status' => "1\n",
);
my ($status, $said);

($status, $said) = golden('', %right);
is($status, 0, 'what is right passes') or diag $said;
like($said, qr{^TAP version 13\n1\.\.1\nok 1 - area/case\n\z}, 'and nothing more is said');

my @wrong = (
	[ 'a wrong byte', { %right, 'out.txt' => "HELLo\n" }, qr/^# -HELLo\n# \+HELLO$/m ],
	[ 'a missing newline', { %right, 'out.txt' => 'HELLO' }, qr/No newline/ ],
	[ 'a file not written', { %right, 'out.xml' => "x\n" }, qr/^# out.xml was not written/m ],
	[ 'an empty file not written', { %right, 'out.xml' => '' }, qr/^# out.xml was not written/m ],
	[ 'a file too many', { %right, cmd => ">out.7\n$right{cmd}" }, qr/^# out.7 was not expected/m ],
	[ 'a file too many in a folder', { %right, cmd => "mkdir out; echo >out/x\n$right{cmd}" },
		qr{^# out/x was not expected}m ],
	[ 'a wrong file in a folder', { %right, 'out/x' => "b\n", cmd => "mkdir out; echo a >out/x\n$right{cmd}" },
		qr/^# -b\n# \+a$/m ],
	[ 'text printed', { %right, cmd => "echo hello\n$right{cmd}" }, qr/^# out.stdout was not expected/m ],
	[ 'a wrong diagnostic', { %right, diag => "in.md:2:1: warning: loud [loud]\n" }, qr/^# -in.md:2:1/m ],
	[ 'a diagnostic too many', { map { $_ eq 'diag' ? () : ($_ => $right{$_}) } keys %right },
		qr/^# \+in.md:1:1: warning/m ],
	[ 'a diagnostic missing', { %right, cmd => "rolepress in.md out.txt 2>/dev/null; exit 1\n" },
		qr/^# -in.md:1:1: warning/m ],
	[ 'a wrong status', { %right, status => "2\n" }, qr/^# -2\n# \+1$/m ],
	[ 'a failure where none is expected', { map { $_ eq 'status' ? () : ($_ => $right{$_}) } keys %right },
		qr/^# -0\n# \+1$/m ],
	[ 'a crash', { %right, cmd => "$right{cmd}" =~ s/exit 1/kill -SEGV \$\$/r }, qr/^# \+139$/m ],
	[ 'a case without a command', { 'in.md' => "x\n" }, qr/^# there is no file cmd/m ],
);
for (@wrong) {
	my ($what, $files, $reason) = @$_;
	($status, $said) = golden('', %$files);
	ok($status == 1 && $said =~ /^not ok 1/m && $said =~ $reason, "$what fails") or diag $said;
}

# An EPUB is compared by its members: their order, method, time and content.
sub epub {
	my ($path, @members) = @_;
	my $zip;
	for (@members) {
		my ($name, $method, $content, $time) = @$_;
		my %how = (Name => $name, Method => $method, Time => $time // 946684800, Stream => 0);
		local $ENV{TZ} = 'UTC';
		if ($zip) { $zip->newStream(%how) } else { $zip = IO::Compress::Zip->new($path, %how) }
		$zip->print($content);
	}
	$zip->close;
}
my $type = [ 'mimetype', ZIP_CM_STORE, 'application/epub+zip' ];
my $page = [ 'a.xhtml', ZIP_CM_DEFLATE, "<p>x</p>\n" ];
my $image = [ 'a.png', ZIP_CM_STORE, "\x89PNG\0" ];
my %book = (cmd => "cp in.epub out.epub\n", 'out.epub.txt' => <<'TXT');
stored    2000-01-01 00:00:00  mimetype
deflated  2000-01-01 00:00:00  a.xhtml
stored    2000-01-01 00:00:00  a.png

==> mimetype <==
application/epub+zip
(no newline at the end)

==> a.xhtml <==
<p>x</p>

==> a.png <==
binary, 5 bytes, sha256 dc1b6ea4bcf7b7ff8e5e9ee0c7a1b2f0
TXT

sub golden_epub {
	golden('area/case', %book) if !-e "$case/in.epub";
	epub("$case/in.epub", @_);
	return again('');
}
golden('', %book);
epub("$case/in.epub", $type, $page, $image);
{ local $ENV{CI}; delete $ENV{CI}; again('--accept') }
($status, $said) = golden_epub($type, $page, $image);
is($status, 0, 'an EPUB as listed passes') or diag $said;
like(content('out.epub.txt'), qr/\A\Q@{[ $book{'out.epub.txt'} =~ s,dc1b.*\n,,r ]}\E[0-9a-f]{64}\n\z/,
	'and its listing is readable');
my @books = (
	[ 'members in another order', $type, $image, $page ],
	[ 'a member too few', $type, $page ],
	[ 'another method', [ $type->[0], ZIP_CM_DEFLATE, $type->[2] ], $page, $image ],
	[ 'another time', $type, $page, [ @$image, 978307200 ] ],
	[ 'another text', $type, [ @$page[0, 1], "<p>y</p>\n" ], $image ],
	[ 'another picture', $type, $page, [ @$image[0, 1], "\x89PNG\1" ] ],
);
for (@books) {
	my ($what, @members) = @$_;
	($status, $said) = golden_epub(@members);
	is($status, 1, "an EPUB with $what fails") or diag $said;
}

# Accepting makes the case right, removes what is no longer written, and shows the change.
{
	local $ENV{CI};
	delete $ENV{CI};
	($status, $said) = golden('--accept', cmd => $right{cmd} =~ s/exit 1//r, 'in.md' => "hello\n",
		'out.txt' => "BYE\n", 'out.old' => "x\n", status => "1\n");
	is($status, 0, 'accepting succeeds') or diag $said;
	like($said, qr/^# -BYE\n# \+HELLO$/m, 'and shows what changes');
	is(content('out.txt'), "HELLO\n", 'a file is rewritten');
	is(content('diag'), $right{diag}, 'a file is added');
	ok(!-e "$case/out.old", 'a file no longer written goes');
	ok(!-e "$case/status", 'a status of 0 needs no file');
	is((again(''))[0], 0, 'and then the case passes');
}
{
	local $ENV{CI} = 'true';
	($status, $said) = golden('--accept', %right, 'out.txt' => "BYE\n");
	ok($status != 0 && content('out.txt') eq "BYE\n", 'nothing is accepted where CI is set');
}

is((golden('area', %right))[0], 0, 'an area can be named');
isnt((golden('aera', %right))[0], 0, 'a name that is no case fails');

done_testing;
