# A Mesos master, which is a server of Consul as well.

variable "mesos_url" {
  type        = string
  description = "Package aventer-mesos for Debian 12: ClusterD, the living Mesos; in https://rpm.aventer.biz/Debian/pool/main/a/aventer-mesos/"
  validation {
    condition     = regex_replace(var.mesos_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The mesos_url must start with https:// or http://, and hold no account."
  }
}

variable "mesos_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: in the signed list of packages of that repository."
  validation {
    condition     = length(var.mesos_sha256) == 64 && regex_replace(var.mesos_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The mesos_sha256 must be 64 hexadecimal digits."
  }
}

locals {
  role     = "mesos-master"
  packages = ["libsasl2-modules"]
  downloads = [
    "aventer-mesos.deb|${var.mesos_url}|${var.mesos_sha256}",
  ]
  container_images = []
  # The first converge starts what the machine is for.
  units_off = ["mesos-master.service", "mesos-agent.service"]
}
