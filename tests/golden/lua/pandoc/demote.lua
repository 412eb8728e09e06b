-- Global functions, as many filters have them: headings one level down, the last kind of
-- emphasis for all, and no lines.
function Header(el)
  el.level = math.min(el.level + 1, 6)
  return el
end

function Emph(el)
  return rolepress.Strong(el.content)
end

function HorizontalRule()
  return {}
end
