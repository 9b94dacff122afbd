export { encodedUserData } from "./user-data";
