import { complainIf, rule } from "../rule";

export const dkr03 = rule({
  id: "DKR-03",
  title: "containers on this machine run an image that Terraform knows by its id",
  severity: "medium",
  types: ["docker_container"],
  why: "by its name a container is made anew at every apply, or not at all when the image was built anew",
  fix: "refer to image_id of a docker_image",
  inspect: (container, doc) => {
    const { image } = container.body;
    const known = doc.follow(image)?.type === "docker_image" && /\.image_id\}$/.test(String(image));
    return complainIf(!known, container, "image", image, "image_id of a docker_image");
  },
});
