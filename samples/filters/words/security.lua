-- What abbreviations of the trade stand for: a module, for `require "words.security"`.
return {
  CISO = "Chief Information Security Officer",
  GRC = "governance, risk and compliance",
  IAM = "identity and access management",
  SIEM = "security information and event management",
  SOC = "security operations centre",
}
