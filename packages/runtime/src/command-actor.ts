import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { isId } from '@florin/database';

/** Who ran a command, for the audit log: a user of the platform by id, or a name. */
export type CommandActor = { actorId: string | null; actorName?: string };

const MAX_NAME_LENGTH = 100;

/** Reads the flag `--as` of a command: a user's id, or a name. Without it, the actor is the user of the operating system. */
export function commandActor({ as }: { as?: string | boolean | undefined }): CommandActor {
  const name = typeof as === 'string' && as !== '' ? as : systemUser();
  return isId(name) ? { actorId: name } : { actorId: null, actorName: name.slice(0, MAX_NAME_LENGTH) };
}

/** The actor of a command of a service, whose only argument is `--as`. */
export function actorOfProcess(args: readonly string[] = process.argv.slice(2)): CommandActor {
  return commandActor(parseArgs({ args: [...args], options: { as: { type: 'string' } } }).values);
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return `uid ${process.getuid?.()}`;
  }
}
