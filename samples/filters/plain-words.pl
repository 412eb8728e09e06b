#!/usr/bin/perl
# plain-words.pl - writes plain words for grand ones, and says where.
#
#     rolepress roles/ -f ./plain-words.pl -o roles.epub
#
# A filter without a module: a document a line comes in as JSON, and a line goes out.
use strict;
use warnings;
use JSON::PP;

my %plain = (utilize => 'use', leverage => 'use', facilitate => 'help', commence => 'begin');
my $grand = join '|', sort keys %plain;
my $json = JSON::PP->new->utf8->canonical;

$| = 1;
binmode STDERR, ':utf8';
while (my $line = <STDIN>) {
	my $tree = $json->decode($line);
	my @nodes = ($tree->{root});
	while (my $node = shift @nodes) {
		push @nodes, @{ $node->{children} // [] };
		next unless $node->{kind} eq 'text';
		my $at = $node->{pos} ? "$node->{pos}[0]:$node->{pos}[1]: " : '';
		$node->{text} =~ s/\b($grand)\b/print STDERR "${at}note: $1 is $plain{$1}\n"; $plain{$1}/ge;
	}
	print $json->encode($tree), "\n";
}
