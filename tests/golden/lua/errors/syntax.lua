return {
  Text = function(t)
    t.text = = "x"
  end
}
