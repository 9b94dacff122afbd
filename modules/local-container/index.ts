export { LocalContainer } from "./local-container";
export type { LocalContainerProps, LocalHealth, LocalPort } from "./props";
export { type LocalSecret, LocalSecrets } from "./secrets";
