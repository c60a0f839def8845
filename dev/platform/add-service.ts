import { settingOf } from '../../ops/platform/service-names.ts';
import type { ServiceEntry } from '../../ops/platform/services.ts';

/** A file's path from the root, and a function that adds a missing service to its text. */
export type Addition = (text: string, entry: ServiceEntry, settings: readonly string[]) => string;

/**
 * Adds a service of the manifest to the files that have to name it. A file that already names it stays unchanged, which keeps
 * manual edits.
 *
 * `settings`: names of the service's own settings, without its port and database.
 */
export const additions: Readonly<Record<string, Addition>> = {
  'tsconfig.build.json': (text, { name }) => addReference(text, `./servers/${name}/tsconfig.build.json`),
  'ops/tsconfig.build.json': (text, { name }) => addReference(text, `../servers/${name}/tsconfig.build.json`),
  'ops/package.json': (text, { name }) =>
    editJson<{ dependencies: Record<string, string> }>(text, (manifest) => {
      const dependencies = { [`@florin/${name}-server`]: '0.1.0', ...manifest.dependencies };
      manifest.dependencies = Object.fromEntries(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)));
    }),
  Dockerfile: (text, { name, port }) =>
    text.includes(`${settingOf(name, 'PORT')}=`)
      ? text
      : text
          .replace(/--build-arg SERVER=\S+/, (argument) => `${argument}|${name}`)
          .replace(/^( {4}\w+_PORT=\d+.*)$/m, (ports) => `${ports} ${settingOf(name, 'PORT')}=${port}`)
          .replace(/^EXPOSE .*$/m, (exposed) => `${exposed} ${port}`),
  'docker-compose.yml': (text, entry, settings) =>
    text.includes(`\nx-${entry.name}:`) ? text : addToCompose(text, entry, settings),
  'deploy/compose/gateway.yml': (text, entry) => (text.includes(`://${entry.name}:`) ? text : addToGateway(text, entry)),
};

function addReference(text: string, path: string): string {
  if (text.includes(`"${path}"`)) return text;
  return editJson<{ references: { path: string }[] }>(text, ({ references }) => references.push({ path }));
}

function editJson<T>(text: string, edit: (value: T) => unknown): string {
  const value = JSON.parse(text) as T;
  edit(value);
  return `${JSON.stringify(value, null, 2)}\n`;
}

function addToCompose(text: string, entry: ServiceEntry, settings: readonly string[]): string {
  const { name, port } = entry;
  const passwords = [settingOf(name, 'DB_PASSWORD'), settingOf(name, 'RUN_DB_PASSWORD')];
  return [
    before(/^services:$/m, sharedPart(entry, settings)),
    after(/^ {2}\w+_DB_PASSWORD: .*$/gm, passwords.map((password) => `  ${password}: \${${password}:-florin}\n`).join('')),
    (compose: string) => compose.replace(/for service in ([^;]*);/, `for service in $1 ${name};`),
    before(/^ {2}# Demo accounts/m, `${migration(entry)}\n`),
    before(/^ {2}# The commands of an operator/m, `${entry.hasSeed ? seed(name) : ''}${instances(entry)}\n`),
    before(/^ {6}BACKUP_DATABASE_USER:/m, `      ${databaseSetting(entry)}\n      ${migrationSetting(entry)}\n`),
    after(
      /^ {6}\w+_URL: \S+:\/\/\w+:\d+$/gm,
      `      ${settingOf(name, 'URL')}: \${FLORIN_GATEWAY_SERVICES_PROTOCOL:-http}://${name}:${port}\n`,
    ),
    after(/^ {6}\w+: \{ condition: service_healthy \}$/gm, `      ${name}: { condition: service_healthy }\n`),
  ].reduce((compose, edit) => edit(compose), text);
}

function sharedPart(entry: ServiceEntry, settings: readonly string[]): string {
  const { name, image } = entry;
  return `x-${name}: &${name}
  <<: *service
  image: ${image}
  build: { context: ., args: { SERVER: ${name} } }
  environment: &${name}-environment
    <<: *environment
    ${databaseSetting(entry)}
${settings.map((setting) => `    ${setting}:\n`).join('')}
`;
}

function databaseSetting({ name, database }: ServiceEntry): string {
  const [url, password] = [settingOf(name, 'DATABASE_URL'), settingOf(name, 'RUN_DB_PASSWORD')];
  return `${url}: \${${url}:-mysql://${database}_run:\${${password}:-florin}@mysql:3306/${database}}`;
}

/** Databases of one's own may have one user for both. */
function migrationSetting({ name, database }: ServiceEntry): string {
  const [own, url, password] = (['MIGRATION_DATABASE_URL', 'DATABASE_URL', 'DB_PASSWORD'] as const).map((setting) =>
    settingOf(name, setting),
  );
  return `${own}: \${${own}:-\${${url}:-mysql://${database}:\${${password}:-florin}@mysql:3306/${database}}}`;
}

function migration(entry: ServiceEntry): string {
  const { name } = entry;
  return `  migrate-${name}:
    <<: [*once, *${name}]
    environment:
      <<: *${name}-environment
      ${migrationSetting(entry)}
    command: [node, server/dist/src/migrate.js]
    depends_on: *parts
`;
}

function seed(name: string): string {
  return `  seed-${name}:
    <<: [*once, *${name}]
    command: [sh, -c, '[ "$$NODE_ENV" = production ] || exec node server/dist/src/seed.js']
    depends_on:
      migrate-${name}: { condition: service_completed_successfully }
`;
}

function instances({ name, hasSeed }: ServiceEntry): string {
  return `  ${name}:
    <<: *${name}
    scale: \${FLORIN_${settingOf(name, 'INSTANCES')}:-1}
    depends_on:
      ${hasSeed ? 'seed' : 'migrate'}-${name}: { condition: service_completed_successfully }
`;
}

/** Includes everything below each path; a path with a dot names one document. */
function addToGateway(text: string, { name, port, paths }: ServiceEntry): string {
  const patterns = paths.map((path) => `${path.replaceAll('.', '\\.')}${path.includes('.') ? '$$' : '(/|$$)'}`);
  const location = (at: string, to: string): string => `            location ${at} {
              set $$${name} \${FLORIN_GATEWAY_SERVICES_PROTOCOL:-http}://${name}:${port}${to};
              proxy_pass $$${name};
            }
`;
  const added = location(`~ ^(${patterns.join('|')})`, '') + location(`= /openapi/${name}.json`, '/openapi.json');
  return before(/^ {12}location \/ \{$/m, added)(text);
}

function before(place: RegExp, added: string): (text: string) => string {
  return (text) => text.replace(place, (found) => `${added}${found}`);
}

/** Inserts after the last matching line. */
function after(line: RegExp, added: string): (text: string) => string {
  return (text) => {
    const last = [...text.matchAll(line)].at(-1);
    if (last === undefined) throw new Error(`There is no place for ${added.trim()}.`);
    const end = last.index + last[0].length + 1;
    return text.slice(0, end) + added + text.slice(end);
  };
}
