export { LocalImage, type LocalImageProps } from "./local-image";
