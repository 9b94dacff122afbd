"""moto's AWS API server, with what the real AWS provider asks for and this moto does not know yet."""

import sys

from moto.ec2.responses import EC2Response
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


models.load_resource = load_resource
EC2Response.get_instance_uefi_data = get_instance_uefi_data

if __name__ == "__main__":
    main(sys.argv[1:])
