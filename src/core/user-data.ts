/** Bytes of user data that EC2 takes. */
export const userDataLimit = 16_384;
const start = /^(#!|#cloud-config\n|#include|## template:|MIME-Version:|Content-Type:)/;

/** What is wrong with the user data of a machine, in the words of an error message. */
export interface UserDataFault {
  readonly got: unknown;
  readonly want: string;
  readonly fix: string;
}

/** What EC2 would refuse about user data, or cloud-init ignore without a word, if anything. */
export function userDataFault(text: string): UserDataFault | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes > userDataLimit) {
    const fix = "bake what is large into the image, and keep here what differs between machines";
    return { got: `${bytes} bytes`, want: `at most ${userDataLimit} bytes`, fix };
  }
  const stray = /[\0\r]/.exec(text);
  if (stray) {
    const fix = "save the text with Unix line ends: the kernel looks for the interpreter named /bin/bash\\r otherwise";
    return { got: `one at position ${stray.index}`, want: "free of NUL and carriage return", fix };
  }
  if (!start.test(text)) {
    const fix = "begin a script with #!/bin/bash; cloud-init ignores any other text without a word";
    return {
      got: text.split("\n", 1)[0],
      want: "text that begins as cloud-init knows it: #!, #cloud-config, MIME",
      fix,
    };
  }
  return undefined;
}
