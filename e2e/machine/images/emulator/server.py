"""moto's AWS API server, with what the real AWS provider asks for and this moto does not know yet."""

import sys

from moto.ec2.responses import EC2Response
from moto.secretsmanager.exceptions import ResourceExistsException
from moto.secretsmanager.models import SecretsManagerBackend
from moto.server import main
from moto.ssm import models

shipped = models.load_resource


def load_resource(package, resource):
    """AWS's public parameters. Nobody can write this one through the API: AWS keeps names below /aws for itself."""
    tree = shipped(package, resource)
    if resource.startswith("resources/ecs/optimized_amis/"):
        images = tree["aws"]["service"]["ecs"]["optimized-ami"]
        images.setdefault("amazon-linux-2023", {"recommended": {"image_id": {"Value": "ami-0ec5ec5ec5ec5ec50"}}})
    return tree


def get_instance_uefi_data(self):
    """What AWS says of an image without such data. Without an answer, the provider asks again for minutes."""
    namespace = "http://ec2.amazonaws.com/doc/2016-11-15/"
    return f'<GetInstanceUefiDataResponse xmlns="{namespace}"><requestId>0</requestId></GetInstanceUefiDataResponse>'


put = SecretsManagerBackend.put_secret_value


def put_secret_value(self, secret_id, secret_string, secret_binary, client_request_token, version_stages):
    """As AWS: one request token is one version. The same once more changes nothing, anything else is refused."""
    secret = self.secrets[secret_id] if client_request_token and self._is_valid_identifier(secret_id) else None
    held = getattr(secret, "versions", {}).get(client_request_token)
    if held is None:
        return put(self, secret_id, secret_string, secret_binary, client_request_token, version_stages)
    if held.get("secret_string") != secret_string:
        raise ResourceExistsException("the version of this request token has another value")
    return secret.to_short_dict(include_version_stages=True, version_id=client_request_token)


models.load_resource = load_resource
SecretsManagerBackend.put_secret_value = put_secret_value
EC2Response.get_instance_uefi_data = get_instance_uefi_data

if __name__ == "__main__":
    main(sys.argv[1:])
