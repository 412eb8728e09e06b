-- Two filters in a row: addresses are gathered, then listed at the end.
local found = {}

return {
  name = "links-at-end",
  summary = "list the addresses of a document at its end",
  {
    Link = function(el)
      found[#found + 1] = el.url
      return { rolepress.Span { class = "link", el }, rolepress.Superscript(tostring(#found)) }
    end,
  },
  {
    Pandoc = function(doc)
      local list = rolepress.List { ordered = true, start = 1, tight = true }
      for _, url in ipairs(found) do
        list:append(rolepress.Item { rolepress.Paragraph { rolepress.Code(url) } })
      end
      doc:append(rolepress.Heading { level = 2, "Addresses" })
      doc:append(list)
    end,
  },
}
