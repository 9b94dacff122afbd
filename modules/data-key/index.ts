export { DataKey, type DataKeyProps, dataServices } from "./data-key";
