import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { loadSettings } from '../../ops/platform/load-service.ts';
import { serviceNames, settingOf } from '../../ops/platform/service-names.ts';
import { services as manifest } from '../../ops/platform/services.ts';

type Service = {
  entrypoint?: string[];
  depends_on?: Record<string, { condition: string }>;
  image: string;
  build?: { args?: { SERVER: string }; target?: string };
  user?: string;
  restart: string;
  init?: boolean;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  logging?: { options: Record<string, string> };
  ports?: string[];
  volumes?: string[];
  profiles?: string[];
  extends?: { file: string; service: string };
  healthcheck?: { disable?: boolean };
  environment: Record<string, string | null>;
};
type ComposeFile = { services: Record<string, Service>; volumes?: Record<string, unknown> };

const root = join(import.meta.dirname, '../..');
const { services, volumes } = read('docker-compose.yml');
const all: [string, Service][] = Object.entries(services).map(([name, service]) => [name, withExtended(service)]);
const gateway = withExtended(services['gateway'] as Service);
const observers = all.filter(([, { profiles = [] }]) => profiles.includes('observability'));
const observersDockerfile = readFileSync(join(root, 'deploy/observability/Dockerfile'), 'utf8');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

function read(path: string): ComposeFile {
  return parse(readFileSync(join(root, path), 'utf8'), { merge: true }) as ComposeFile;
}

function withExtended(service: Service): Service {
  const { extends: from } = service;
  return from === undefined ? service : ({ ...service, ...read(from.file).services[from.service] } as Service);
}

describe('docker-compose.yml', () => {
  it('gives no container more than it needs', () => {
    for (const [name, service] of all) {
      expect(service, name).to.include({ read_only: true, init: true });
      expect(service.cap_drop, name).to.deep.equal(['ALL']);
      expect(service.security_opt, name).to.deep.equal(['no-new-privileges:true']);
      expect(service.logging?.options, name).to.have.keys('max-size', 'max-file');
      expect(service, name).to.not.have.any.keys('privileged', 'cap_add', 'container_name');
    }
  });

  it('runs nothing as root', () => {
    // apache/kafka has its own user, and so have the images of deploy/observability/Dockerfile. The compose file or the Dockerfile sets
    // the user of the others.
    for (const [name, { build, image, user }] of all)
      expect(user ?? (build ? 'of the Dockerfile' : image), name).to.be.oneOf([
        'mysql',
        '101:101',
        'of the Dockerfile',
        'apache/kafka:4.3.1',
      ]);
    expect(dockerfile).to.match(/^USER 1000:1000$/m);
  });

  it('has a health check for every container that keeps running', () => {
    for (const [name, { build, healthcheck, restart }] of all) {
      if (restart === 'no') expect(healthcheck, name).to.deep.equal({ disable: true });
      else if (build) expect(healthcheck, name).to.equal(undefined);
      else expect(healthcheck, name).to.have.property('test');
    }
    expect(dockerfile).to.match(/^HEALTHCHECK /m);
  });

  it('publishes only the gateway, by default on the loopback address, and on that alone what the profile observability shows', () => {
    const shown = ['prometheus', 'alertmanager', 'grafana'];
    for (const [name, { ports = [] }] of all) expect(ports, name).to.have.length([...shown, 'gateway'].includes(name) ? 1 : 0);
    for (const [name, { ports = [] }] of observers) for (const port of ports) expect(port, name).to.match(/^127\.0\.0\.1:/);
    expect(gateway.ports?.[0]).to.match(/^\$\{FLORIN_GATEWAY_ADDRESS:-127\.0\.0\.1\}:/);
  });

  it('mounts no files of this machine, because the engine may be on another', () => {
    for (const [name, service] of all) {
      for (const volume of service.volumes ?? [])
        expect(volumes, `${name}: ${volume}`).to.have.property(volume.split(':')[0] ?? '');
      expect(service, name).to.not.have.any.keys('configs', 'secrets', 'env_file');
    }
  });

  it('starts Prometheus, Grafana and the collector only on demand', () => {
    expect(observers.map(([name]) => name)).to.deep.equal(['prometheus', 'alertmanager', 'grafana', 'otel-collector']);
    for (const [name, { build }] of observers)
      expect(observersDockerfile).to.match(new RegExp(`^FROM \\S+ AS ${build?.target ?? name}$`, 'm'));
  });

  it('pins every external image', () => {
    for (const [, image = ''] of observersDockerfile.matchAll(/^FROM (\S+)/gm)) expect(image).to.match(/:v?\d+\.\d+\.\d+$/);
    for (const [name, { build, image }] of all) if (!build) expect(image, name).to.match(/:\d+\.\d+(\.\d+)?$/);
  });

  it('gives the operators’ commands the addresses and keys of the services, and starts them only on demand', () => {
    const { environment = {}, ...ops } = services['ops'] ?? {};
    expect(ops).to.deep.include({ profiles: ['ops'], restart: 'no', volumes: ['backups:/backups'] });
    for (const name of serviceNames) {
      const [running, migrating] = [settingOf(name, 'DATABASE_URL'), settingOf(name, 'MIGRATION_DATABASE_URL')];
      expect(environment[running]).to.equal(services[name]?.environment[running]);
      expect(environment[migrating]).to.equal(services[`migrate-${name}`]?.environment[migrating]);
    }
    for (const setting of ['KAFKA_BROKERS', 'KAFKA_PREFIX', 'FLORIN_CURRENCY', 'AUTH_KEY_ENCRYPTION_KEY', 'JWKS_REFRESH_S'])
      expect(environment).to.include({ [setting]: services['auth']?.environment[setting] });
  });

  it('runs each service as a user other than the one that migrates, and gives no service the password of that one', () => {
    for (const name of serviceNames) {
      const environment = services[name]?.environment ?? {};
      expect(environment[settingOf(name, 'DATABASE_URL')], name).to.include(
        `//florin_${name}_run:\${${settingOf(name, 'RUN_DB_PASSWORD')}:-`,
      );
      expect(JSON.stringify(environment), name).to.not.match(/MIGRATION|[^N]_DB_PASSWORD|MYSQL_ROOT/);
    }
  });

  it('starts no database server in production with a default password, and names each', () => {
    const { environment = {}, entrypoint = [], depends_on } = services['passwords'] ?? {};
    expect(depends_on).to.equal(undefined);
    expect(services['mysql']?.depends_on).to.deep.equal({ passwords: { condition: 'service_completed_successfully' } });
    const names = Object.keys(environment).filter((name) => name.endsWith('_PASSWORD'));
    expect(names).to.have.length(1 + 2 * serviceNames.length);
    for (const name of names) expect(environment[name], name).to.equal(`\${${name}:-florin}`);
    const start = (NODE_ENV: string, passwords: Record<string, string>) => {
      const [command = '', ...args] = entrypoint.map((word) => word.replaceAll('$$', '$'));
      const env = { PATH: process.env['PATH'], NODE_ENV, ...passwords };
      // Bash takes a socket as its input for a remote login, and runs its start-up files.
      const { status, stderr } = spawnSync(command, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      return { status, stderr };
    };
    const defaults = Object.fromEntries(names.map((name) => [name, 'florin']));
    const own = Object.fromEntries(names.map((name) => [name, 'Vw3kQ9']));
    expect(start('development', defaults)).to.deep.equal({ status: 0, stderr: '' });
    expect(start('production', own)).to.deep.equal({ status: 0, stderr: '' });
    for (const name of names) {
      const { status, stderr } = start('production', { ...own, [name]: 'florin' });
      expect({ status, stderr }).to.deep.equal({ status: 1, stderr: `Production has no default passwords: set ${name}.\n` });
    }
    const { stderr } = start('production', defaults);
    for (const name of names) expect(stderr).to.include(` ${name}`);
  });

  it('passes every setting to its services, also under its former name, and no other', async () => {
    const ofTheImage = ['HOST', ...serviceNames.map((name) => settingOf(name, 'PORT'))];
    for (const name of serviceNames) {
      const { keys } = (await loadSettings(name)).describe() as { keys: Record<string, { metas?: { formerName?: string }[] }> };
      const formerNames = Object.values(keys).flatMap(({ metas = [] }) => metas.flatMap(({ formerName = [] }) => formerName));
      const passed = Object.keys(services[name]?.environment ?? {});
      const known = [...Object.keys(keys), ...formerNames];
      expect(passed, name).to.have.members(known.filter((key) => !ofTheImage.includes(key)));
      const { [settingOf(name, 'MIGRATION_DATABASE_URL')]: migrationUrl, ...others } =
        services[`migrate-${name}`]?.environment ?? {};
      expect(others, `migrate-${name}`).to.deep.equal(services[name]?.environment);
      expect(migrationUrl, `migrate-${name}`).to.include(`//florin_${name}:`);
      const seed = services[`seed-${name}`];
      if (seed) expect(seed.environment, `seed-${name}`).to.deep.equal(services[name]?.environment);
    }
    for (const name of ofTheImage) expect(dockerfile).to.include(`${name}=`);
  });
});

describe('the Dockerfile', () => {
  const stages = dockerfile.split(/^(?=FROM )/m).slice(1);

  it('builds a service by default, and the operators’ image on request', () => {
    expect(stages.at(-1)).to.match(/^CMD \["node", "server\/dist\/src\/main\.js"\]$/m);
    expect(services['ops']?.build?.target).to.equal('ops');
  });

  it('gives the operators’ image the clients of both database servers, and a user other than root', () => {
    const ops = stages.find((stage) => / AS ops$/m.test(stage)) ?? '';
    expect(ops)
      .to.match(/^USER 1000:1000$/m)
      .and.match(/^ENTRYPOINT .*"\/app\/ops\/dist\/main\.js"\]$/m)
      .and.match(/mariadb-client/)
      .and.match(/^COPY --from=mysql-clients /m)
      .and.not.match(/^HEALTHCHECK/m);
    expect(stages.find((stage) => / AS mysql-clients$/m.test(stage))).to.match(/\/usr\/bin\/mysqldump/);
  });
});

describe('the gateway', () => {
  const conf = (gateway.environment['GATEWAY_CONF'] ?? '').replaceAll('$$', '$');
  const locations = [...conf.matchAll(/location (~|=) (\S+) \{[^}]*set \$(\w+) \S+:\/\/(\w+):(\d+)/g)].map(
    ([, kind, pattern = '', variable, host, port]) => ({
      test: (path: string) => (kind === '=' ? path === pattern : new RegExp(pattern).test(path)),
      service: [variable, host, port].join(' '),
    }),
  );

  it('routes each path to its service', () => {
    for (const { name, port } of manifest) {
      const paths = pathsOf(name);
      expect(paths.length, name).to.be.above(1);
      for (const path of paths) {
        const found = new Set(locations.filter((location) => location.test(path)).map(({ service }) => service));
        expect([...found], path).to.deep.equal([`${name} ${name} ${port}`]);
      }
    }
  });

  it('hides paths for operators', () => {
    for (const path of ['/metrics', '/health/ready', '/docs', '/v1', '/v1/authors', '/openapi.json'])
      expect(
        locations.some((location) => location.test(path)),
        path,
      ).to.equal(false);
  });

  it('trusts no forwarding headers, except of a configured proxy', () => {
    expect(conf).to.include('proxy_set_header X-Forwarded-For $remote_addr;');
    expect(conf).to.include('proxy_set_header Forwarded "";');
    expect(conf).to.match(/set_real_ip_from \$\{FLORIN_GATEWAY_TRUSTED_PROXY:-unix:\};/);
    expect(conf).to.not.match(/proxy_add_x_forwarded_for|proxy_set_header [^;]*\$http_x_forwarded/);
    for (const [, source, map] of conf.matchAll(/map "?([^"{]*)"? (\$client_(?:protocol|host)) \{/g))
      expect(source, map).to.match(/^\$came_directly\|\$http_x_forwarded_(proto|host)$/);
    expect(services['auth']?.environment['TRUSTED_PROXIES']).to.match(/:-1\}$/);
  });
});

/** Paths in the sources, and the two paths that packages add to every service. */
function pathsOf(name: string): string[] {
  const folder = join(root, 'servers', name, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const sources = files
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((source) => source.includes('operationId'));
  const written = sources.flatMap((source) => [...source.matchAll(/\bpath: ['`](\/[^'`]+)['`]/g)].map(([, path = '']) => path));
  return [
    ...written.map((path) => path.replaceAll(/:\w+|\$\{\w+\}/g, 'x')),
    `/v1/${name}/dead-letters/x`,
    `/v1/${name}/audit-log`,
  ];
}
