export declare function slimGenerated(text: string): string;
export declare function slimDeclarations(text: string): string;
