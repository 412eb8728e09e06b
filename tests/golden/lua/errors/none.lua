return { name = "none" }
