# The machines of the system `dashboard`: Docker, the code, and the two images of the application. No swarm and no account of
# the database inside: see docs/decisions/0006-swarm-state-not-baked.md.
#
#   packer build -var commit=$(git rev-parse HEAD) -var repository_url=https://… packer/webworker-dashboard
#
# The image keeps one name for ever (S4-35); systems/dashboard/infra/scripts/replace-packer-ami.sh withdraws the old one first.

variable "repository_url" {
  type        = string
  default     = ""
  description = "Git repository of the code, as the machines reach it: they keep pulling from it."
  validation {
    condition     = var.repository_url == "" || regex_replace(var.repository_url, "^((https|git|file)://|ssh://([a-z0-9_-]+@)?)[^@ ]+$", "") == ""
    error_message = "The repository_url must start with https://, ssh://, git:// or file:// and hold no account: it stays in the image."
  }
}

variable "repository_branch" {
  type    = string
  default = "master"
}

# Only to push the two images (S4-22): without both, nothing is pushed.

variable "dockerhub_user" {
  type    = string
  default = env("DOCKERHUB_USER")
}

variable "dockerhub_pass" {
  type      = string
  default   = env("DOCKERHUB_PASS")
  sensitive = true
}

variable "namespace" {
  type        = string
  default     = ""
  description = "Where in the registry to push to. Empty: the user."
}

variable "docker_registry" {
  type        = string
  default     = ""
  description = "Host of the registry to push to. Empty: Docker Hub."
}

variable "session_manager_agent" {
  type        = string
  default     = "required"
  description = "The agent that Session Manager needs, the only way into a machine. With skip it is left out."
  validation {
    condition     = contains(["required", "skip"], var.session_manager_agent)
    error_message = "The session_manager_agent must be required or skip."
  }
}

variable "session_manager_agent_url" {
  type        = string
  default     = ""
  description = "Package of the agent, such as a mirror's. Empty: AWS's own, from its bucket in the region."
  validation {
    condition     = var.session_manager_agent_url == "" || regex_replace(var.session_manager_agent_url, "^(https|file)://[^@ ]+$", "") == ""
    error_message = "The session_manager_agent_url must start with https:// or file://."
  }
}

locals {
  role = "webworker-dashboard"
}

build {
  name    = "webworker-dashboard"
  sources = ["source.amazon-ebs.machine"]

  provisioner "shell" {
    script = "${path.root}/app-server-config.sh"
    # As a file, that Packer removes: on a command line every process of the machine could read the values.
    use_env_var_file = true
    environment_vars = [
      "REPOSITORY_URL=${var.repository_url}",
      "REPOSITORY_BRANCH=${var.repository_branch}",
      "DOCKERHUB_USER=${var.dockerhub_user}",
      "DOCKERHUB_PASS=${var.dockerhub_pass}",
      "NAMESPACE=${var.namespace}",
      "DOCKER_REGISTRY=${var.docker_registry}",
      "AWS_REGION=${var.region}",
      "SESSION_MANAGER_AGENT=${var.session_manager_agent}",
      "SESSION_MANAGER_AGENT_URL=${var.session_manager_agent_url}",
    ]
  }

  # Last: cleans, then verifies. The script may remove what Packer would clean up itself.
  provisioner "shell" {
    script     = "${path.root}/../common/seal.sh"
    skip_clean = true
  }
}
