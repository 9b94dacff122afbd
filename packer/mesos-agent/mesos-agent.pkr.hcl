# A Mesos agent, with Docker for its tasks.

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

variable "registrator_image" {
  type        = string
  description = "fayrus/registrator:v9.2.0@sha256:…, which tells Consul what runs here."
  validation {
    condition     = regex_replace(var.registrator_image, "^[a-z0-9./:_-]+@sha256:[0-9a-f]+$", "") == "" && length(split("@sha256:", var.registrator_image)[1]) == 64
    error_message = "The registrator_image must be a name with the digest of the image: NAME@sha256:DIGEST."
  }
}

locals {
  role     = "mesos-agent"
  packages = ["docker.io", "libsasl2-modules"]
  downloads = [
    "aventer-mesos.deb|${var.mesos_url}|${var.mesos_sha256}",
  ]
  container_images = ["registrator=${var.registrator_image}"]
  # The first converge starts what the machine is for.
  units_off = ["mesos-master.service", "mesos-agent.service"]
}
