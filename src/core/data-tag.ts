/** The tag by which backups find what holds the data of a system, and nothing else. Its value is the name of the system's copy. */
export const dataTag = "slipway:data";
