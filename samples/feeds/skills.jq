# One line per skills section: role, language, heading, text.
.documents[]
| . as $doc
| .sections[]
| select(.role == "skills" or .role == "requirements")
| [$doc.id, $doc.lang, .title, (.text | gsub("\n"; "; "))]
| @tsv
