import { join } from 'node:path';
import { expect } from 'chai';
import { loadDefinition, loadSettings } from '../../ops/platform/load-service.ts';
import { settingOf } from '../../ops/platform/service-names.ts';
import { type ServiceEntry, services } from '../../ops/platform/services.ts';
import { findManifestGaps } from './find-manifest-gaps.ts';

const root = join(import.meta.dirname, '../..');

describe('The service manifest', () => {
  it('matches every other place that names the services', () => {
    expect(findManifestGaps(services, root)).to.deep.equal([]);
  });

  it("agrees with each service's definition and its port", async () => {
    for (const { name, port } of services) {
      expect((await loadDefinition(name)).name).to.equal(name);
      const { keys } = (await loadSettings(name)).describe() as { keys: Record<string, { flags?: { default?: unknown } }> };
      expect(keys[settingOf(name, 'PORT')]?.flags?.default, name).to.equal(port);
    }
  });

  it('names every place that lacks a new service', () => {
    const carts: ServiceEntry = {
      name: 'carts',
      port: 3004,
      paths: ['/v1/carts'],
      database: 'florin_carts',
      image: 'florin-carts',
      hasSeed: true,
    };
    expect(findManifestGaps([...services, carts], root)).to.deep.equal([
      ...['package.json', 'tsconfig.build.json', 'migrations/index.ts', 'src/config.ts', 'src/features.ts', 'src/main.ts'].map(
        (file) => `servers/carts/${file} is missing`,
      ),
      'servers/carts/src/migrate.ts is missing',
      'servers/carts/src/seed.ts is missing',
      'tsconfig.build.json lacks a reference for carts',
      'ops/tsconfig.build.json lacks a reference for carts',
      'ops/package.json lacks a dependency for carts',
      'package-lock.json lacks an entry (npm install) for carts',
      'Dockerfile lacks the build argument for carts',
      'Dockerfile lacks CARTS_PORT=3004 for carts',
      'Dockerfile lacks EXPOSE 3004 for carts',
      'docker-compose.yml lacks a service carts of the image florin-carts',
      'docker-compose.yml lacks migrate-carts',
      'docker-compose.yml lacks seed-carts',
      'docker-compose.yml lacks the number of instances for carts',
      'docker-compose.yml lacks CARTS_DATABASE_URL of florin_carts',
      'docker-compose.yml gives migrate-carts no CARTS_MIGRATION_DATABASE_URL',
      'docker-compose.yml gives ops no CARTS_DATABASE_URL for carts',
      'docker-compose.yml gives ops no CARTS_MIGRATION_DATABASE_URL for carts',
      'docker-compose.yml makes no database for carts',
      'docker-compose.yml gives the databases no passwords for carts',
      'docker-compose.yml does not let the gateway wait for carts',
      'deploy/compose/gateway.yml does not lead /v1/carts to carts:3004',
      'deploy/compose/gateway.yml does not lead /openapi/carts.json to carts:3004',
      '.env.example lacks CARTS_PORT=3004 (npm run docs)',
      '.env.example lacks CARTS_DATABASE_URL (npm run docs)',
      '.env.example lacks CARTS_MIGRATION_DATABASE_URL (npm run docs)',
      '.env.example lacks CARTS_DB_PASSWORD (npm run docs)',
      '.env.example lacks CARTS_RUN_DB_PASSWORD (npm run docs)',
      '.env.example lacks FLORIN_CARTS_INSTANCES (npm run docs)',
    ]);
  });

  it('names an unaccounted folder, and duplicate values', () => {
    const [auth, ...others] = services;
    expect(findManifestGaps(others, root)).to.deep.equal(['ops/platform/services.ts lacks an entry for servers/auth']);
    expect(findManifestGaps([...services, { ...auth, name: 'copy' }], root)).to.include(
      'ops/platform/services.ts has port 3001 twice',
    );
  });
});
