-- @NAME@ - a filter for rolepress: gives links that lead outside a class.
--
--	rolepress in.md -f ./@NAME@.lua -t tree
--
-- A function is named by the kind of node that it gets; the manual rolepress-lua says
-- which there are, and what a node has.

name = "@NAME@"
summary = "give links that lead outside a class"
options = {
	{ name = "class", default = "external", range = "WORD", help = "the class of such links" },
}

function Link(link)
	if link.url and link.url:find("://", 1, true) then
		link:add_class(rolepress.options.class)
	end
end
