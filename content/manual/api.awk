# api.awk - a public header as a role document, from which its manual page is made:
#
#	awk -f content/manual/api.awk include/rolepress/plugin.h > rolepress-plugin.md
#
# The comment at the top is the description.  A comment with ---- X ---- begins a section.
# What stands between two empty lines belongs together: its comment, then its code.

# A text of ours, whatever signs are in it; names of the library as code.
function escaped(s,   out, word) {
	out = ""
	while (match(s, /(rp|RP)_[A-Za-z0-9_]+(\(\))?/)) {
		word = substr(s, RSTART, RLENGTH)
		out = out plain(substr(s, 1, RSTART - 1)) "`" word "`"
		s = substr(s, RSTART + RLENGTH)
	}
	return out plain(s)
}

function plain(s) {
	gsub(/[\\`*_<>\[\]#&~|{}]/, "\\\\&", s)
	return s
}

# A line of a comment without its decoration.  Indented lines are code.
function comment_line(s) {
	sub(/^[ \t]*\/?\*+\/?/, "", s)
	sub(/[ \t]*\*\/[ \t]*$/, "", s)
	if (s ~ /^\t/) {
		if (!in_example)
			print "\n```c"
		in_example = 1
		print substr(s, 2)
		return
	}
	if (in_example && s !~ /^[ \t]*$/)
		end_example()
	else if (in_example) {
		blank_in_example = 1
		return
	}
	sub(/^ /, "", s)
	print escaped(s)
}

function end_example() {
	if (in_example)
		print "```\n"
	in_example = 0
}

function end_code() {
	if (in_code)
		print "```"
	in_code = 0
}

function heading(s) {
	end_code()
	sub(/^\/\* ---- */, "", s)
	sub(/ *----.*$/, "", s)
	print "\n## " plain(s) "\n"
}

# The title, of the first line that says what the file is for.
function begin(s,   n, parts) {
	header = s
	sub(/ - .*/, "", header)
	sub(/^[ \t*]*/, "", header)
	sub(/^.* - /, "", s)
	sub(/\.$/, "", s)
	name = header
	sub(/.*\//, "", name)
	sub(/\.h$/, "", name)
	name = name == "rolepress" ? "librolepress" : "rolepress-" name
	print "---\ntitle: " name "\nslug: " name "\nlang: en\ndescription: \"" s "\"\n---\n"
	print "# " name "\n\n## Synopsis\n\n```c\n#include <" header ">\n```\n\n"
	print "`cc` ... `$(pkg-config --cflags" (name == "librolepress" ? " --libs" : "") " rolepress)`\n\n## Description\n"
	begun = 1
}

# ---- Comments

!in_comment && !depth && /^\/\*/ {
	end_code()
	if (begun)
		print ""
	in_comment = 1
	if ($0 ~ /---- .* ----/) {
		title = $0
		heading(title)
		sub(/---- .* ----:?/, "")
	}
	if ($0 !~ /^\/\*[ \t]*$/ && $0 !~ /^\/\*[ \t]*\*\/$/)
		comment_line($0)
	if ($0 ~ /\*\//)
		in_comment = 0
	next
}
in_comment {
	if (!begun && $0 ~ / - /)
		begin($0)
	else if ($0 !~ /^ *\*\/[ \t]*$/)
		comment_line($0)
	if ($0 ~ /\*\//) {
		in_comment = 0
		end_example()
		print ""
	}
	next
}

# ---- Code

# Guards, inclusions and the compiler's own words are of no use to a reader.
!depth && /^#define[ \t]+RP_[A-Z_]*(\(|[ \t])/ && !/RP_API|RP_SENTINEL|RP_PRINTF/ { macro = 1 }
macro {
	if (!in_code)
		print "```c"
	in_code = 1
	print
	macro = $0 ~ /\\$/
	next
}
# A macro that has two forms is shown as it is used.
!depth && /^# define RP_FILTER\(/ && !shown[$3]++ {
	print "```c\nRP_FILTER(id) = { RP_HEAD(\"name\"), ... };\n```"
}
continued || (!depth && /^#/) { continued = $0 ~ /\\$/; next }
!depth && /^(extern "C" \{|\})/ { next }
/^[ \t]*$/ && !depth { end_code(); print ""; next }
{
	if (!in_code)
		print "```c"
	in_code = 1
	line = $0
	sub(/^RP_API[ \t]+/, "", line)
	sub(/ RP_SENTINEL;/, ";", line)
	sub(/ RP_PRINTF\([^)]*\);/, ";", line)
	print line
	depth += gsub(/\{/, "{") - gsub(/\}/, "}")
}

END {
	end_code()
	print "\n## See also\n"
	print "**rolepress**(1), **librolepress**(3), **rolepress-plugin**(3), **rolepress-emit**(3), " \
	    "**rolepress-text**(3), **rolepress-filters**(7)"
}
