/** Entry of the operators' image: runs the command named by the first argument, with the remaining arguments. */
const commands: Record<string, () => Promise<unknown>> = {
  migrate: () => import('./migrate.ts'),
  audit: () => import('./audit/audit.ts'),
  backup: () => import('./backup/backup-command.ts'),
  restore: () => import('./backup/restore-command.ts'),
  rebuild: () => import('./rebuild/rebuild.ts'),
  status: () => import('./status/status.ts'),
  trace: () => import('./trace/trace.ts'),
  switch: () => import('./switches/switch.ts'),
  'dead-letters': () => import('./dead-letters.ts'),
  'offsets:reset': () => import('./reset-offsets.ts'),
  'kafka:acls': () => import('./kafka-acls.ts'),
  'events:require': () => import('./require-signatures.ts'),
  'auth:rotate-key': () => import('./rotate-key.ts'),
  'auth:rotate-encryption-key': () => import('./rotate-encryption-key.ts'),
};

const help = `Operators' commands: ${Object.keys(commands).join(', ')}.

COMMAND --help describes each. Where its help says "npm run COMMAND --", use COMMAND alone.`;

const [name = '--help', ...rest] = process.argv.slice(2);
const run = commands[name];
if (run !== undefined) {
  // Each command reads its arguments from process.argv.
  process.argv = [...process.argv.slice(0, 2), ...rest];
  await run();
} else if (name === '--help' || name === '-h') process.stdout.write(`${help}\n`);
else {
  process.stderr.write(`Unknown command ${JSON.stringify(name)}.\n\n${help}\n`);
  process.exitCode = 2;
}
