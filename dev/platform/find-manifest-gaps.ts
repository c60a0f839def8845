import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { settingOf } from '../../ops/platform/service-names.ts';
import type { ServiceEntry } from '../../ops/platform/services.ts';

type ComposeService = {
  image?: string;
  build?: { args?: { SERVER?: string } };
  scale?: string;
  environment?: Record<string, string | null>;
  entrypoint?: string[];
  depends_on?: Record<string, unknown>;
};
type Compose = { services: Record<string, ComposeService> };

/**
 * Compares the service manifest with every place that names the services and does not read the manifest.
 *
 * @returns one line for each place that lacks a service, or has one that the manifest lacks
 */
export function findManifestGaps(entries: readonly ServiceEntry[], root: string): string[] {
  const known = new Set(entries.map(({ name }) => name));
  const strangers = readdirSync(join(root, 'servers')).filter((folder) => !known.has(folder));
  return [
    ...findRepeated(entries),
    ...strangers.map((folder) => `ops/platform/services.ts lacks an entry for servers/${folder}`),
    ...entries.flatMap((entry) => [
      ...gapsOfFolder(entry, root),
      ...gapsOfBuild(entry, root),
      ...gapsOfCompose(entry, root),
      ...gapsOfGateway(entry, root),
      ...gapsOfSettings(entry, root),
    ]),
  ];
}

/** Finds ports, paths, databases and images that two services share. */
function findRepeated(entries: readonly ServiceEntry[]): string[] {
  const values = entries.flatMap(({ name, port, paths, database, image }) => [name, `port ${port}`, ...paths, database, image]);
  return values
    .filter((value, index) => values.indexOf(value) !== index)
    .map((value) => `ops/platform/services.ts has ${value} twice`);
}

function gapsOfFolder({ name, hasSeed }: ServiceEntry, root: string): string[] {
  const files = ['package.json', 'tsconfig.build.json', 'migrations/index.ts', 'src/config.ts', 'src/features.ts', 'src/main.ts'];
  const all = [...files, 'src/migrate.ts', ...(hasSeed ? ['src/seed.ts'] : [])];
  return all.filter((file) => !existsSync(join(root, 'servers', name, file))).map((file) => `servers/${name}/${file} is missing`);
}

function gapsOfBuild({ name, port }: ServiceEntry, root: string): string[] {
  const isReferenced = (file: string): boolean =>
    (JSON.parse(read(root, file)) as { references: { path: string }[] }).references.some(({ path }) =>
      path.includes(`/servers/${name}/`),
    );
  const dockerfile = read(root, 'Dockerfile');
  const [, builds = ''] = /--build-arg SERVER=(\S+)/.exec(dockerfile) ?? [];
  const [, exposed = ''] = /^EXPOSE (.*)$/m.exec(dockerfile) ?? [];
  return lacking(name, {
    'tsconfig.build.json lacks a reference': isReferenced('tsconfig.build.json'),
    'ops/tsconfig.build.json lacks a reference': isReferenced('ops/tsconfig.build.json'),
    'ops/package.json lacks a dependency': `@florin/${name}-server` in dependenciesOfOps(root),
    'package-lock.json lacks an entry (npm install)': `servers/${name}` in packagesOf(root),
    'Dockerfile lacks the build argument': builds.split('|').includes(name),
    [`Dockerfile lacks ${settingOf(name, 'PORT')}=${port}`]: dockerfile.includes(`${settingOf(name, 'PORT')}=${port}`),
    [`Dockerfile lacks EXPOSE ${port}`]: exposed.split(' ').includes(String(port)),
  });
}

function dependenciesOfOps(root: string): object {
  return (JSON.parse(read(root, 'ops/package.json')) as { dependencies: object }).dependencies;
}

function packagesOf(root: string): object {
  return (JSON.parse(read(root, 'package-lock.json')) as { packages: object }).packages;
}

function gapsOfCompose({ name, database, image, hasSeed }: ServiceEntry, root: string): string[] {
  const { services } = parse(read(root, 'docker-compose.yml'), { merge: true }) as Compose;
  const { databases, gateway, ops, [name]: service, [`migrate-${name}`]: migrate, [`seed-${name}`]: seed } = services;
  const [, looped = ''] = /for service in ([^;]*);/.exec(databases?.entrypoint?.join('\n') ?? '') ?? [];
  const isOfImage = (one: ComposeService | undefined): boolean => one?.image === image && one.build?.args?.SERVER === name;
  const url = service?.environment?.[settingOf(name, 'DATABASE_URL')] ?? '';
  const migrationUrl = settingOf(name, 'MIGRATION_DATABASE_URL');
  return lacking(name, {
    [`docker-compose.yml lacks a service ${name} of the image ${image}`]: isOfImage(service),
    [`docker-compose.yml lacks migrate-${name}`]: isOfImage(migrate),
    [`docker-compose.yml ${hasSeed ? 'lacks' : 'must not have'} seed-${name}`]: hasSeed ? isOfImage(seed) : seed === undefined,
    'docker-compose.yml lacks the number of instances':
      service?.scale?.includes(`FLORIN_${settingOf(name, 'INSTANCES')}`) === true,
    [`docker-compose.yml lacks ${settingOf(name, 'DATABASE_URL')} of ${database}`]: url.includes(`/${database}}`),
    [`docker-compose.yml gives migrate-${name} no ${migrationUrl}`]: migrationUrl in (migrate?.environment ?? {}),
    [`docker-compose.yml gives ops no ${settingOf(name, 'DATABASE_URL')}`]:
      settingOf(name, 'DATABASE_URL') in (ops?.environment ?? {}),
    [`docker-compose.yml gives ops no ${migrationUrl}`]: migrationUrl in (ops?.environment ?? {}),
    'docker-compose.yml makes no database': looped.split(' ').includes(name),
    'docker-compose.yml gives the databases no passwords': [
      settingOf(name, 'DB_PASSWORD'),
      settingOf(name, 'RUN_DB_PASSWORD'),
    ].every((password) => password in (databases?.environment ?? {})),
    'docker-compose.yml does not let the gateway wait': name in (gateway?.depends_on ?? {}),
  });
}

function gapsOfGateway({ name, port, paths }: ServiceEntry, root: string): string[] {
  const { services } = parse(read(root, 'deploy/compose/gateway.yml')) as Compose;
  const conf = (services['gateway']?.environment?.['GATEWAY_CONF'] ?? '').replaceAll('$$', '$');
  const own = locationsOf(conf).filter(({ to }) => to.startsWith(`${name}:${port}`));
  const wanted = [...paths, `/openapi/${name}.json`];
  return wanted
    .filter((path) => !own.some(({ matches }) => matches(path)))
    .map((path) => `deploy/compose/gateway.yml does not lead ${path} to ${name}:${port}`);
}

/** Returns the locations of an nginx configuration that proxy to a service. */
function locationsOf(conf: string): { to: string; matches(path: string): boolean }[] {
  return [...conf.matchAll(/location (~|=) (\S+) \{[^}]*set \$\w+ \S+:\/\/([^;]+);/g)].map(([, kind, pattern = '', to = '']) => ({
    to,
    matches: (path) => (kind === '=' ? path === pattern : new RegExp(pattern).test(path)),
  }));
}

function gapsOfSettings({ name, port }: ServiceEntry, root: string): string[] {
  const example = read(root, '.env.example');
  const lines = {
    [`${settingOf(name, 'PORT')}=${port}`]: `# ${settingOf(name, 'PORT')}=${port}\n`,
    [settingOf(name, 'DATABASE_URL')]: `# ${settingOf(name, 'DATABASE_URL')}=`,
    [settingOf(name, 'MIGRATION_DATABASE_URL')]: `# ${settingOf(name, 'MIGRATION_DATABASE_URL')}=`,
    [settingOf(name, 'DB_PASSWORD')]: `# ${settingOf(name, 'DB_PASSWORD')}=`,
    [settingOf(name, 'RUN_DB_PASSWORD')]: `# ${settingOf(name, 'RUN_DB_PASSWORD')}=`,
    [`FLORIN_${settingOf(name, 'INSTANCES')}`]: `# FLORIN_${settingOf(name, 'INSTANCES')}=`,
  };
  return Object.entries(lines).flatMap(([what, line]) =>
    example.includes(line) ? [] : [`.env.example lacks ${what} (npm run docs)`],
  );
}

function lacking(name: string, checks: Readonly<Record<string, boolean>>): string[] {
  const missing = Object.entries(checks).flatMap(([gap, isThere]) => (isThere ? [] : [gap]));
  return missing.map((gap) => (gap.includes(name) ? gap : `${gap} for ${name}`));
}

function read(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
