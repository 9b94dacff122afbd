# One file for every machine image of the system `guestbook-mesos`, linked into each role's folder. The role's own file gives
# `local.role`, and what is special about it: Debian's packages, files of others, images of containers, units that stay off.
#
# Nothing is downloaded when a machine boots, so all of it is here. Every file of others has an address and a SHA-256, and an
# image of a container its digest. No hash is given here: it is for you to check, and Packer asks for it.

variable "cinc_url" {
  type        = string
  default     = "https://downloads.cinc.sh/files/stable/cinc/18.8.11/debian/12/cinc_18.8.11-1_amd64.deb"
  description = "Cinc Client 18, which converges the machine."
  validation {
    condition     = regex_replace(var.cinc_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The cinc_url must start with https:// or http://, and hold no account."
  }
}

variable "cinc_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: published beside the file."
  validation {
    condition     = length(var.cinc_sha256) == 64 && regex_replace(var.cinc_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The cinc_sha256 must be 64 hexadecimal digits."
  }
}

variable "consul_url" {
  type        = string
  default     = "https://releases.hashicorp.com/consul/1.22.5/consul_1.22.5_linux_amd64.zip"
  description = "Consul: a server beside each Mesos master, a client elsewhere."
  validation {
    condition     = regex_replace(var.consul_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The consul_url must start with https:// or http://, and hold no account."
  }
}

variable "consul_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: in consul_1.22.5_SHA256SUMS, which is signed."
  validation {
    condition     = length(var.consul_sha256) == 64 && regex_replace(var.consul_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The consul_sha256 must be 64 hexadecimal digits."
  }
}

variable "sensu_agent_url" {
  type        = string
  description = "Package sensu-go-agent 6.14 for Debian 12, from packagecloud.io/sensu/stable."
  validation {
    condition     = regex_replace(var.sensu_agent_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The sensu_agent_url must start with https:// or http://, and hold no account."
  }
}

variable "sensu_agent_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: packagecloud.io shows it."
  validation {
    condition     = length(var.sensu_agent_sha256) == 64 && regex_replace(var.sensu_agent_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The sensu_agent_sha256 must be 64 hexadecimal digits."
  }
}

variable "session_manager_agent_url" {
  type        = string
  description = "Package of AWS's agent for Session Manager, the only way into a machine: https://s3.REGION.amazonaws.com/amazon-ssm-REGION/VERSION/debian_amd64/amazon-ssm-agent.deb"
  validation {
    condition     = regex_replace(var.session_manager_agent_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The session_manager_agent_url must start with https:// or http://, and hold no account."
  }
}

variable "session_manager_agent_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: AWS signs the file."
  validation {
    condition     = length(var.session_manager_agent_sha256) == 64 && regex_replace(var.session_manager_agent_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The session_manager_agent_sha256 must be 64 hexadecimal digits."
  }
}

locals {
  common_packages = ["awscli", "curl", "logrotate", "python3", "systemd-resolved", "unzip"]
  # NAME.KIND|ADDRESS|SHA-256: a deb is installed, the program in a zip goes to /usr/local/bin, a tar.gz to /opt.
  common_downloads = [
    "cinc.deb|${var.cinc_url}|${var.cinc_sha256}",
    "consul.zip|${var.consul_url}|${var.consul_sha256}",
    "sensu-go-agent.deb|${var.sensu_agent_url}|${var.sensu_agent_sha256}",
    "amazon-ssm-agent.deb|${var.session_manager_agent_url}|${var.session_manager_agent_sha256}",
  ]
}

build {
  sources = ["source.amazon-ebs.machine"]

  provisioner "shell" {
    script = "${path.root}/../../systems/guestbook-mesos/machine/bake.sh"
    environment_vars = [
      "PACKAGES=${join(" ", concat(local.common_packages, local.packages))}",
      "DOWNLOADS=${join(" ", concat(local.common_downloads, local.downloads))}",
      "CONTAINER_IMAGES=${join(" ", local.container_images)}",
      "UNITS_OFF=${join(" ", local.units_off)}",
    ]
  }

  # Last: cleans, then verifies. The script may remove what Packer would clean up itself.
  provisioner "shell" {
    script     = "${path.root}/../common/seal.sh"
    skip_clean = true
  }
}
