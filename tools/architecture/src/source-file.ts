import ts from 'typescript';

/** An import, an export from elsewhere or a dynamic import. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** What it takes by name: `import { names }`. */
  readonly names: readonly string[];
  /** Gone after compilation, so it cannot be part of a cycle at run time. */
  readonly isTypeOnly: boolean;
}

/** A call such as `queue.add(...)`: receiver `queue`, name `add`; `fetch(...)` has an empty receiver. */
export interface Call {
  readonly receiver: string;
  readonly name: string;
  readonly line: number;
}

/** What the rules need to know of one TypeScript file. */
export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly calls: readonly Call[];
  /** `process.env`, by line. */
  readonly environmentReads: readonly number[];
  /** `export * from`, by line. */
  readonly exportsAll: readonly number[];
  readonly exportedInterfaces: readonly string[];
  readonly exportedFunctions: readonly string[];
  readonly classes: readonly { readonly name: string; readonly implements: readonly string[] }[];
}

type Draft = {
  -readonly [Key in keyof SourceFile]: SourceFile[Key] extends readonly (infer Item)[]
    ? Item[]
    : SourceFile[Key];
};

/** Reads one file's text; `path` is from the project's root. */
export function parseSource(path: string, text: string): SourceFile {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
  const draft: Draft = {
    path,
    imports: [],
    calls: [],
    environmentReads: [],
    exportsAll: [],
    exportedInterfaces: [],
    exportedFunctions: [],
    classes: [],
  };
  const visit = (node: ts.Node): void => {
    record(node, draft, tree);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return draft;
}

function record(node: ts.Node, draft: Draft, tree: ts.SourceFile): void {
  const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
  if (ts.isImportDeclaration(node)) {
    const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    draft.imports.push({
      specifier: textOf(node.moduleSpecifier),
      line,
      names: namesOf(node.importClause?.namedBindings),
      isTypeOnly,
    });
  } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    draft.imports.push({
      specifier: textOf(node.moduleSpecifier),
      line,
      names: [],
      isTypeOnly: node.isTypeOnly,
    });
    if (node.exportClause === undefined) draft.exportsAll.push(line);
  } else if (ts.isCallExpression(node)) {
    recordCall(node, line, draft);
  } else if (ts.isPropertyAccessExpression(node) && node.getText(tree) === 'process.env') {
    draft.environmentReads.push(line);
  } else {
    recordDeclaration(node, draft);
  }
}

function recordCall(node: ts.CallExpression, line: number, draft: Draft): void {
  const [first] = node.arguments;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    if (first && ts.isStringLiteral(first))
      draft.imports.push({ specifier: first.text, line, names: [], isTypeOnly: false });
  } else if (ts.isPropertyAccessExpression(node.expression)) {
    draft.calls.push({
      receiver: node.expression.expression.getText(),
      name: node.expression.name.text,
      line,
    });
  } else {
    draft.calls.push({ receiver: '', name: node.expression.getText(), line });
  }
}

function recordDeclaration(node: ts.Node, draft: Draft): void {
  if (ts.isClassDeclaration(node) && node.name) {
    const clauses =
      node.heritageClauses?.filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword) ?? [];
    const contracts = clauses.flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
    draft.classes.push({ name: node.name.text, implements: contracts });
  } else if (ts.isInterfaceDeclaration(node) && isExported(node)) {
    draft.exportedInterfaces.push(node.name.text);
  } else if (ts.isFunctionDeclaration(node) && node.name && isExported(node)) {
    draft.exportedFunctions.push(node.name.text);
  }
}

const isExported = (node: ts.HasModifiers): boolean =>
  node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

const namesOf = (bindings: ts.NamedImportBindings | undefined): readonly string[] =>
  bindings && ts.isNamedImports(bindings)
    ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
    : [];

const textOf = (specifier: ts.Expression): string =>
  ts.isStringLiteral(specifier) ? specifier.text : specifier.getText();
