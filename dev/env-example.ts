import { loadSettings } from '../ops/platform/load-service.ts';
import { serviceNames, settingOf } from '../ops/platform/service-names.ts';

type Described = { keys: Record<string, { flags?: { default?: unknown; description?: string; presence?: string } }> };

const head = `# Every setting, with its default. Copy to .env, or set them in the environment, which wins.
# With npm start nothing needs to be set: addresses are those of its own database and broker.

# what npm start runs on: embedded (a private database and broker), compose (all of it in containers: docs/containers.md), or
# external (the addresses below); external where any of them is set
# FLORIN_INFRA=embedded

# with compose: the gateway's port, and the address it listens on
# FLORIN_GATEWAY_PORT=8080
# FLORIN_GATEWAY_ADDRESS=127.0.0.1

# with compose: the address or network of the proxy before the gateway whose X-Forwarded-For is believed
# FLORIN_GATEWAY_TRUSTED_PROXY=

# with compose: the requests a second that the gateway takes from one address, and how many of them may be sign-ups and sign-ins
# FLORIN_GATEWAY_REQUESTS_PER_S=200
# FLORIN_GATEWAY_PASSWORDS_PER_S=10

# with compose: how many containers of each service; and of the database server and the broker, 0 where the addresses below lead elsewhere
${serviceNames.map((name) => `# FLORIN_${settingOf(name, 'INSTANCES')}=1`).join('\n')}
# FLORIN_MYSQL_CONTAINERS=1
# FLORIN_KAFKA_CONTAINERS=1

# with compose: the passwords of the database server's root and of the services' users, of letters and digits
# MYSQL_ROOT_PASSWORD=florin
${serviceNames.map((name) => `# ${settingOf(name, 'DB_PASSWORD')}=florin`).join('\n')}
`;

/** The text of \`.env.example\`, from the schemas that read the settings. */
export async function envExample(): Promise<string> {
  const lines = new Map<string, string>();
  for (const schema of await Promise.all(serviceNames.map(loadSettings))) {
    for (const [name, { flags = {} }] of Object.entries((schema.describe() as Described).keys)) {
      const { default: value = '', description, presence } = flags;
      const required = presence === 'required' ? ' (no default outside npm start)' : '';
      lines.set(name, `# ${description}${required}\n# ${name}=${shownDefault(name, value)}\n`);
    }
  }
  return [head, ...lines.values()].join('\n');
}

/** A secret that everybody can read is no default to copy. */
function shownDefault(name: string, value: unknown): string {
  return name.endsWith('_KEY') ? '' : String(value);
}
