export const usage = `npm run broker                    start with broker.yml (or broker/broker.yml's like: give its path)
npm run broker -- <file>          start with that configuration, YAML or JSON
npm run broker -- key <name>      make an access key
npm run broker -- perso [<file>]  list what a Perso account can make an avatar of`;

/** @param address - where the broker listens. */
export const firstRun = (address: string): string => `
There is no broker.yml yet, so this broker offers no avatar. It runs for you to look at:
only this machine reaches it, nobody has to sign in, and it forgets everything when it stops.

  1. cp broker/example.yml broker.yml     and keep the vendor you have an account with
  2. put that vendor's key in the environment variable the file names
  3. npm run broker                       again
  4. paste this address in the extension's options:  ${address}

What it says about itself: ${address}/.well-known/avatar-broker
`;
