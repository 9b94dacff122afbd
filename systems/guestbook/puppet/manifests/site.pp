# What a machine is: its role, an external fact that user data wrote, which must be the one that its certificate was signed for.
# A machine can change its facts, but not its certificate.
node default {
  $claimed = $facts['role']
  $signed = $trusted['extensions']['pp_role']

  unless $claimed =~ Pattern[/\A[a-z][a-z0-9_]*\z/] {
    fail("no role: the fact `role` must be a name, got '${claimed}'")
  }
  unless defined("role::${claimed}") {
    fail("role ${claimed} unknown: there is no class role::${claimed}")
  }
  unless $claimed == $signed {
    fail("role ${claimed} refused: the certificate of ${trusted['certname']} is for '${signed}'")
  }

  include "role::${claimed}"
}
