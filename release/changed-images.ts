import { imagesOf, type Workspace, withDependencies } from './workspaces.ts';

export type Changes = {
  /** Names of the changed images: those of servers, `gateway` and `ops`. */
  images: string[];
  /** True if the way to run the images has changed. */
  isDeploymentChanged: boolean;
};

/** Paths that no image includes. */
const irrelevant = [
  /\.md$/,
  /^(docs|dev|release|chaos|bench|e2e|\.ci)\//,
  /^(packages|servers|apps)\/[^/]+\/test\//,
  // Vite reads those of the apps.
  /^(packages|servers)\/[^/]+\/tsconfig\.json$/,
  /^ops\/(test\/|.*\.test\.ts$)/,
  /^(Jenkinsfile|biome\.json|renovate\.json|tsconfig\.json)$/,
  /^\.(gitignore|env\.example|mocharc\.json|nycrc\.json|oxlintrc\.json|groovylintrc\.json|editorconfig|nvmrc)$/,
  /\.snapshot\.json$/,
];
const deployment = [/^docker-compose\.yml$/, /^deploy\//];

/** Maps changed files to images. An unknown file concerns all images. Pure. */
export function changedImages(paths: readonly string[], workspaces: readonly Workspace[]): Changes {
  const isDeployment = (path: string): boolean => deployment.some((pattern) => pattern.test(path));
  const inImages = paths.filter((path) => !isDeployment(path) && !irrelevant.some((pattern) => pattern.test(path)));
  const folderOf = (path: string): Workspace | undefined => workspaces.find((one) => path.startsWith(`${one.path}/`));
  const isEverywhere = inImages.some((path) => folderOf(path) === undefined);
  const changed = new Set(inImages.map(folderOf));
  const hasChanged = (part: Workspace): boolean => [...withDependencies(part, workspaces)].some((one) => changed.has(one));
  const images = imagesOf(workspaces).filter(({ parts }) => isEverywhere || parts.some(hasChanged));
  return { images: images.map(({ name }) => name), isDeploymentChanged: paths.some(isDeployment) };
}
