# The words that may come next in NAME=option=value:option=value.
function __rolepress_spec
	set -l kind $argv[1]
	set -l word (commandline -ct | string replace -r -- '^(--[a-z]+=|-[a-zA-Z])' '')
	set -l name (string split -m 1 = -- $word)[1]
	if not string match -q -- '*=*' $word
		for one in (__rolepress_words $kind)
			echo $one
			test -n "$(__rolepress_words $kind/$one)"; and echo $one=
		end
		return
	end
	set -l last (string split : -- (string split -m 1 = -- $word)[2])[-1]
	set -l head (string sub -l (math (string length -- $word) - (string length -- $last)) -- $word)
	if string match -q -- '*=*' $last
		set -l option (string split -m 1 = -- $last)[1]
		for value in (__rolepress_words $kind/$name/$option)
			echo $head$option=$value
		end
	else
		for option in (__rolepress_words $kind/$name)
			echo $head$option
		end
	end
end

complete -c rolepress -n '__fish_seen_subcommand_from completion' -x -a 'bash zsh fish'
complete -c rolepress -n '__fish_seen_subcommand_from list' -x -a '(__rolepress_words t) (__rolepress_words f)'
complete -c rolepress -n '__fish_seen_subcommand_from new; and not __fish_seen_subcommand_from filter' -x -a filter
complete -c rolepress -n '__fish_seen_subcommand_from new; and __fish_seen_subcommand_from filter' -x
