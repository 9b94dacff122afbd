export { type Area, type Diagram, diagram, type Line, type Thing } from "./diagram";
export { dot, mermaid } from "./diagram-text";
export { type Arrow, type Carrier, type Exposure, exposure, type HalfArrow, type Opening } from "./exposure";
export { exposureTable } from "./exposure-table";
export { type ImageReport, images, imagesTable, type Template } from "./images";
export { type Inventory, inventory, inventoryTable, type Running, type StackInventory } from "./inventory";
export { copyOf, managedPolicySize, type PolicyDocument, permissions, sizeOf, UnknownTypes } from "./permissions";
export { portsPage } from "./ports-page";
export type { StackDocument } from "./system";
