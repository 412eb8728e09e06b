#!/bin/sh
# What the filter makes of in.md must be what expected.tree says.
# ROLEPRESS names the program if it is not on the PATH.
cd "$(dirname "$0")" || exit 1
${ROLEPRESS:-rolepress} in.md -q -t tree=positions=no -f './@NAME@.@SUFFIX@@OPTIONS@' |
	diff expected.tree - && echo ok
