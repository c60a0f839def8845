import { runCommandLine, UsageError, wholeNumber } from '../ops/command-line.ts';
import { type DeployOptions, deployRelease, migrateTarget, noteGood, recordRunning, rollBack, urlsOf } from './deploy-release.ts';
import { planRelease } from './plan-release.ts';
import { publishPackages } from './publish-packages.ts';
import type { Release } from './release-files.ts';
import { buildImages, pushImages, type StepOptions, scanImages, writeSboms } from './release-images.ts';
import { smokeTest } from './smoke-test.ts';

const help = `npm run release -- <step> [TARGET] [options] [--json]

Runs one step of a release. The Jenkinsfile calls the steps in this order; they work the same by hand. Their files are in
build/release/. You run documents without --check yourself, and commit what it writes.

  migrations         check that no migration breaks running instances of the previous release
  documents [--check]
                     make docs/api the documents of this release: docs/api/released, which later changes are judged against. Fails
                     if a change breaks clients (docs/api/policy.md). --check judges and writes nothing
  plan [--all]       print the images to build since the last good release (build/release/good.json), or "deployment" if only the
                     way to run them has changed, or nothing. BUILD_ALL=true is the same as --all
  build              build these images, tagged FLORIN_REGISTRY/florin-IMAGE:COMMIT
  sbom               list the npm packages of each: build/release/sbom/IMAGE.cdx.json
  scan               scan them for severe vulnerabilities that have a fix, with FLORIN_SCANNER (default trivy)
  push               push them and record all digests: build/release/images.json
  record TARGET      record the images that run in TARGET, for a rollback: build/release/TARGET.previous.json
  migrate TARGET     migrate TARGET's databases and topics while the old services run
  deploy TARGET      run the images of build/release/images.json in TARGET
  smoke TARGET       test TARGET as a buyer, through every service
  good               record build/release/images.json as the last good release: build/release/good.json
  rollback TARGET    deploy the recorded images and test them
  packages --version V [--publish]
                     pack the packages as version V and list their contents; --publish publishes them

TARGET is staging or production, located by FLORIN_STAGING_DOCKER_HOST and FLORIN_STAGING_URL (and so on). FLORIN_ENV_FILE names
the file with its settings. SMOKE_TIMEOUT_S is the maximum of a smoke test's step in seconds (default 60). REGISTRY_USR and
REGISTRY_PSW sign in to the registry, NPM_TOKEN signs in to FLORIN_NPM_REGISTRY.

Exit code 0: done; 1: failed, or a finding; 2: wrong usage.`;

const root = process.cwd();

type Outcome = [value: unknown, text: string, code?: number];
type Values = Record<string, string | boolean | undefined>;

const steps: Record<string, (options: StepOptions, values: Values) => Promise<Outcome>> = {
  async migrations() {
    // Here and in the next step, since they need the services' code or the schemas of events, which load slowly.
    const { checkMigrations } = await import('./check-migrations.ts');
    const findings = await checkMigrations();
    return [findings, findings.join('\n') || 'Every migration lets the release before go on.', findings.length === 0 ? 0 : 1];
  },
  async documents(_, values) {
    const { findBreaksSinceRelease, releaseDocuments } = await import('./api/released-documents.ts');
    const findings = await findBreaksSinceRelease(root);
    if (findings.length > 0) return [findings, findings.join('\n'), 1];
    if (values['check'] === true) return [findings, 'No change breaks clients.'];
    return listed(await releaseDocuments(root), 'There are no documents.');
  },
  async plan(_, values) {
    const plan = await planRelease({ root, isEverything: values['all'] === true || process.env['BUILD_ALL'] === 'true' });
    return [plan, [...plan.build, ...(plan.build.length === 0 && plan.isDeploymentChanged ? ['deployment'] : [])].join(' ')];
  },
  build: async (options) => listed(await buildImages(options), 'Nothing to build.'),
  sbom: async (options) => listed(await writeSboms(options), 'Nothing was built.'),
  scan: async (options) => listed(await scanImages(options), 'Nothing was built.'),
  push: async (options) => described(await pushImages(options)),
  good: async () => described(await noteGood(root)),
  async packages(options, values) {
    const version = values['version'];
    if (typeof version !== 'string') throw new UsageError('packages wants --version.');
    const published = await publishPackages({ ...options, version, isPublished: values['publish'] === true });
    return listed(published, 'There are no packages.');
  },
};

const targetSteps: Record<string, (options: DeployOptions, progress: (line: string) => void) => Promise<Outcome>> = {
  async record(options) {
    const running = await recordRunning(options);
    return running === null ? [null, `Nothing runs in ${options.target} yet.`] : described(running);
  },
  async migrate(options) {
    await migrateTarget(options);
    return [{ migrated: options.target }, `${options.target} is migrated.`];
  },
  deploy: async (options) => described(await deployRelease(options)),
  async smoke(options, onProgress) {
    await smokeTest({ urls: urlsOf(options), timeoutMs: smokeTimeoutMs(), onProgress });
    return [{ ok: true }, `${options.target} works.`];
  },
  rollback: async (options) => described(await rollBack(options, smokeTimeoutMs())),
};

await runCommandLine({
  help,
  flags: { all: { type: 'boolean' }, check: { type: 'boolean' }, version: { type: 'string' }, publish: { type: 'boolean' } },
  maxPositionals: 2,
  async run({ values, positionals, isJson, answer, progress }) {
    const [name = '', target] = positionals;
    const onOutput = (text: string): void => void (isJson ? process.stderr : process.stdout).write(text);
    const options: StepOptions = { root, environment: process.env, onOutput };
    const targeted = Object.hasOwn(targetSteps, name) ? targetSteps[name] : undefined;
    if (targeted !== undefined) {
      if (target !== 'staging' && target !== 'production') throw new UsageError(`${name} wants a target: staging or production.`);
      const [value, text] = await targeted({ ...options, target }, progress);
      answer(value, text);
      return 0;
    }
    const step = Object.hasOwn(steps, name) ? steps[name] : undefined;
    if (step === undefined || target !== undefined)
      throw new UsageError(`Unknown step ${JSON.stringify(positionals.join(' '))}.`);
    const [value, text, code = 0] = await step(options, values);
    answer(value, text);
    return code;
  },
});

function smokeTimeoutMs(): number {
  return wholeNumber('SMOKE_TIMEOUT_S', process.env['SMOKE_TIMEOUT_S'] || '60') * 1000;
}

function listed(lines: readonly string[], otherwise: string): Outcome {
  return [lines, lines.join('\n') || otherwise];
}

function described(release: Release): Outcome {
  return [
    release,
    Object.entries(release.images)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([server, image]) => `${server.padEnd(8)} ${image}`)
      .join('\n'),
  ];
}
