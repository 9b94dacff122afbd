# GoCD's server and its agents, which build and deploy.

variable "gocd_server_url" {
  type        = string
  description = "Package go-server 26.1 from https://download.gocd.org/binaries/"
  validation {
    condition     = regex_replace(var.gocd_server_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The gocd_server_url must start with https:// or http://, and hold no account."
  }
}

variable "gocd_server_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: published beside the file."
  validation {
    condition     = length(var.gocd_server_sha256) == 64 && regex_replace(var.gocd_server_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The gocd_server_sha256 must be 64 hexadecimal digits."
  }
}

variable "gocd_agent_url" {
  type        = string
  description = "Package go-agent 26.1, from the same place."
  validation {
    condition     = regex_replace(var.gocd_agent_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The gocd_agent_url must start with https:// or http://, and hold no account."
  }
}

variable "gocd_agent_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: published beside the file."
  validation {
    condition     = length(var.gocd_agent_sha256) == 64 && regex_replace(var.gocd_agent_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The gocd_agent_sha256 must be 64 hexadecimal digits."
  }
}

variable "java_url" {
  type        = string
  description = "Temurin JRE 21 as tar.gz, from https://adoptium.net: Debian 12 has Java 17, which is too old for GoCD."
  validation {
    condition     = regex_replace(var.java_url, "^https?://[^@ |]+$", "") == ""
    error_message = "The java_url must start with https:// or http://, and hold no account."
  }
}

variable "java_sha256" {
  type        = string
  description = "SHA-256 of it, as you have checked it: published beside the file."
  validation {
    condition     = length(var.java_sha256) == 64 && regex_replace(var.java_sha256, "^[0-9a-f]+$", "") == ""
    error_message = "The java_sha256 must be 64 hexadecimal digits."
  }
}

locals {
  role     = "gocd"
  packages = ["capistrano", "docker.io", "git", "jq", "ruby", "skopeo"]
  downloads = [
    "java.tar.gz|${var.java_url}|${var.java_sha256}",
    "go-server.deb|${var.gocd_server_url}|${var.gocd_server_sha256}",
    "go-agent.deb|${var.gocd_agent_url}|${var.gocd_agent_sha256}",
  ]
  container_images = []
  # The first converge starts what the machine is for.
  units_off = ["go-server.service", "go-agent.service"]
}
