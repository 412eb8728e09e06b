# The words that may come next in NAME=option=value:option=value.
_rolepress_spec() {
	local kind=$1 word=$PREFIX
	local name=${word%%=*} last=${${word#*=}##*:}

	if [[ $word != *=* ]]; then
		compadd -- ${=_rolepress_words[$kind]}
		[[ $kind == [tf] ]] && _files
		return
	fi
	if [[ $last == *=* ]]; then
		compset -P '*='
		compadd -q -S ':' -- ${=_rolepress_words[$kind/$name/${last%%=*}]}
	else
		compset -P '*[=:]'
		compadd -S '' -- ${=_rolepress_words[$kind/$name]}
	fi
}

_rolepress() {
	local before=${words[CURRENT-1]}
	local kind=${_rolepress_words[value/$before]}

	if [[ -z $kind && $PREFIX == --*=* ]]; then
		kind=${_rolepress_words[value/${PREFIX%%=*}]}
		compset -P 1 '*='
	fi
	case $kind in
	t|f|x|from)	_rolepress_spec $kind ;;
	set)		compadd -S '' -- ${=_rolepress_words[set]} ;;
	warn)		compadd -- ${=_rolepress_words[warn]} ;;
	number)		_message number ;;
	file)		_files ;;
	*)
		if [[ $before == completion ]]; then
			compadd bash zsh fish
		elif [[ $before == list ]]; then
			compadd -- ${=_rolepress_words[t]} ${=_rolepress_words[f]}
		elif [[ $before == new ]]; then
			compadd filter
		elif [[ ${words[2]} == new && ${words[3]} == filter ]]; then
			[[ $PREFIX == -* ]] && compadd -- --c --lua --python
		elif [[ $PREFIX == -* ]]; then
			compadd -- ${=_rolepress_words[options]}
		else
			(( CURRENT == 2 )) && compadd -- ${=_rolepress_words[commands]}
			_files
		fi
		;;
	esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
	_rolepress "$@"
else
	compdef _rolepress rolepress
fi
