// Whether npm scripts run on a Node that the code is written for: npm brings one along where it has one for the system.

const MIN_NODE = 24;

/**
 * @param own whether npm has installed a Node beside the packages
 * @returns what is wrong, or undefined
 */
export function nodeProblem(own, version = process.versions.node, { platform, arch } = process) {
  if (own || Number(version.split('.')[0]) >= MIN_NODE) return undefined;
  return (
    `this is Node ${version}, and npm brings none along for ${platform} ${arch}: ` +
    `install Node ${MIN_NODE} or newer (nodejs.org) and run the command again`
  );
}
