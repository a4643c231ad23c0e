/** @returns what is wrong with the Node that npm scripts run on, or undefined */
export function nodeProblem(
  own: boolean,
  version?: string,
  system?: { readonly platform: string; readonly arch: string },
): string | undefined;
