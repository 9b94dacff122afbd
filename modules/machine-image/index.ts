export {
  type ImageById,
  type ImageByName,
  type ImageByParameter,
  MachineImage,
  type MachineImageSource,
} from "./machine-image";
