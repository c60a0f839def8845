import { migrationSettings, secretSettings } from '@florin/runtime';
import { loadSettings } from '../ops/platform/load-service.ts';
import { serviceNames, settingOf } from '../ops/platform/service-names.ts';

type Described = { keys: Record<string, { flags?: { default?: unknown; description?: string; presence?: string } }> };

const head = `# Every setting with its default. Copy this file to .env, or set them in the environment, which takes precedence.
# npm start needs none of them: it has a private database and broker.
# A password or key may come from a file: set NAME_FILE to the file's path instead of NAME.

# Infrastructure that npm start uses: embedded (its own database and broker), compose (everything in containers, see
# docs/containers.md) or external (the addresses below). Default: external if an address is set, otherwise embedded
# FLORIN_INFRA=embedded

# Port and address of the gateway, which is the one address of Florin (default 8080 on 127.0.0.1)
# FLORIN_GATEWAY_PORT=8080
# FLORIN_GATEWAY_ADDRESS=127.0.0.1

# Address or network of the proxy in front of the gateway whose X-Forwarded-For is trusted (default: none)
# FLORIN_GATEWAY_TRUSTED_PROXY=

# With compose: protocol that the gateway speaks to the services, http or https (default http). https needs HTTP_TLS_CERTIFICATE
# FLORIN_GATEWAY_SERVICES_PROTOCOL=http

# Maximum number of requests per second from one address to the API (default 200), and of sign-ups and sign-ins among them (default 10)
# FLORIN_GATEWAY_REQUESTS_PER_S=200
# FLORIN_GATEWAY_PASSWORDS_PER_S=10

# Maximum number of requests of one address under way at the same time (default 256)
# FLORIN_GATEWAY_CONNECTIONS_PER_ADDRESS=256

# With compose: number of containers of each service, of the database server and of the broker (default 1 each).
# 0 for the last two if the addresses below name other servers
${serviceNames.map((name) => `# FLORIN_${settingOf(name, 'INSTANCES')}=1`).join('\n')}
# FLORIN_MYSQL_CONTAINERS=1
# FLORIN_KAFKA_CONTAINERS=1

# With compose: passwords of the database server's root, of the users that migrate and of those that the services run as, letters
# and digits only (default florin in development, none in production)
# MYSQL_ROOT_PASSWORD=florin
${serviceNames.map((name) => `# ${settingOf(name, 'DB_PASSWORD')}=florin\n# ${settingOf(name, 'RUN_DB_PASSWORD')}=florin`).join('\n')}
`;

/** Generates `.env.example` from the schemas of the settings. */
export async function envExample(): Promise<string> {
  const lines = new Map<string, string>();
  const ofServices = await Promise.all(serviceNames.map(loadSettings));
  for (const schema of [...ofServices, ...serviceNames.map(migrationSettings)]) {
    const secrets = secretSettings(schema);
    for (const [name, { flags = {} }] of Object.entries((schema.describe() as Described).keys)) {
      const { default: value = '', description, presence } = flags;
      // NODE_ENV among the settings of migrations.
      if (description === undefined) continue;
      const required = presence === 'required' ? '. Required, except with npm start' : '';
      const isSecret = secrets.includes(name);
      // The defaults of secrets are public, for development only.
      const shown = isSecret ? `# ${name}=\n# ${name}_FILE=` : `# ${name}=${value}`;
      lines.set(name, `# ${description}${required}\n${shown}\n`);
    }
  }
  return [head, ...lines.values()].join('\n');
}
