#!/bin/sh
# final.sh - a text without its history: what is struck through is gone.
#
#     rolepress roles/ -f ./final.sh -o roles.epub
exec jq --compact-output --unbuffered '
	walk(if type == "object" and .children then .children |= map(select(.kind != "strikethrough")) else . end)'
