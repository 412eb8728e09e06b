# The words that may come next in NAME=option=value:option=value.
_rolepress_spec()
{
	local kind=$1 word=$2 name rest last

	name=${word%%=*}
	if [[ $word != *=* ]]; then
		local one
		for one in ${_rolepress_words[$kind]}; do
			printf '%s\n' "$one"
			[[ -n ${_rolepress_words[$kind/$one]} ]] && printf '%s=\n' "$one"
		done
		return
	fi
	rest=${word#*=}
	last=${rest##*:}
	local head=${word%"$last"}
	if [[ $last == *=* ]]; then
		printf "$head${last%%=*}=%s\n" ${_rolepress_words[$kind/$name/${last%%=*}]}
	elif [[ -n ${_rolepress_words[$kind/$name]} ]]; then
		printf "$head%s\n" ${_rolepress_words[$kind/$name]}
	fi
}

_rolepress()
{
	# Words as the shell has them are split at = and :, too.
	local line=${COMP_LINE:0:COMP_POINT}
	local word=${line##*[[:space:]]}
	local before=${line%"$word"}
	before=${before%"${before##*[![:space:]]}"}
	before=${before##*[[:space:]]}
	local glued=
	if [[ $word == --*=* ]]; then
		before=${word%%=*} glued=$before= word=${word#*=}
	elif [[ $word == -[tfxsW]?* ]]; then
		before=${word:0:2} glued=$before word=${word:2}
	fi

	local kind=${_rolepress_words[value/$before]} words=
	COMPREPLY=()
	case $kind in
	t|f|x|from)	words=$(_rolepress_spec "$kind" "$word") ;;
	set|warn)	words=${_rolepress_words[$kind]} ;;
	number)		return ;;
	file)		;;
	*)
		if [[ $before == completion ]]; then
			words="bash zsh fish"
		elif [[ $before == list ]]; then
			words="${_rolepress_words[t]} ${_rolepress_words[f]}"
		elif [[ $before == new ]]; then
			words=filter
		elif [[ $line =~ ^[^[:space:]]+[[:space:]]+new[[:space:]]+filter[[:space:]] ]]; then
			kind=none
			[[ $word == -* ]] && words="--c --lua --python"
		elif [[ $word == -* ]]; then
			words=${_rolepress_words[options]}
		elif [[ $before == rolepress || $before == */rolepress ]]; then
			words=${_rolepress_words[commands]}
		fi
		;;
	esac
	local IFS=$' \t\n'
	COMPREPLY=($(compgen -W "$words" -- "$word"))
	case $kind in
	''|f|t|file)
		if [[ ${#COMPREPLY[@]} -eq 0 ]]; then
			# Only these are quoted as names of files are, and get a / as folders.
			mapfile -t COMPREPLY < <(compgen -f -- "$word")
			compopt -o filenames 2>/dev/null
		fi
		;;
	esac
	[[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null

	# What the shell takes for the word begins after the last = or :.
	local shell_word=$glued$word head
	head=${shell_word%"${shell_word##*[=:]}"}
	[[ $COMP_WORDBREAKS == *=* ]] || head=
	local i
	for i in "${!COMPREPLY[@]}"; do
		COMPREPLY[i]=$glued${COMPREPLY[i]}
		COMPREPLY[i]=${COMPREPLY[i]#"$head"}
	done
}

complete -F _rolepress rolepress
