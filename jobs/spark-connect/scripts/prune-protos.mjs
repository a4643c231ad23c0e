/** Prunes a descriptor set to what a service can reach through the kept fields. */

/**
 * Changes the set in place. Everything is named without the leading dot.
 * @param {import('@bufbuild/protobuf/wkt').FileDescriptorSet} set
 * @param {{ service: { name: string, methods: string[] }, extraMessages: string[], fields: Record<string, string[]> }} kept
 * @returns {number} how many messages stay
 * @throws {Error} where the keep-list names something the set does not hold: the interface has changed
 */
export function pruneProtos(set, kept) {
  const messages = new Map();
  const visit = (scope, message) => {
    const name = `${scope}.${message.name}`;
    messages.set(name, message);
    for (const nested of message.nestedType) visit(name, nested);
  };
  for (const file of set.file) for (const message of file.messageType) visit(file.package, message);
  for (const [name, fields] of Object.entries(kept.fields)) keepFields(messages, name, fields);
  const services = keepService(set, kept.service);

  const used = new Set();
  const use = (name) => {
    if (used.has(name)) return;
    used.add(name);
    for (const field of messages.get(name)?.field ?? []) if (field.typeName !== '') use(field.typeName.slice(1));
  };
  for (const method of services.flatMap((service) => service.method)) {
    use(method.inputType.slice(1));
    use(method.outputType.slice(1));
  }
  for (const name of kept.extraMessages) use(name);

  // A message that is not used itself stays as a shell where one nested in it is used.
  const stays = new Set(used);
  for (const name of used) {
    for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) stays.add(name.slice(0, end));
  }
  const prune = (scope, message) => {
    const name = `${scope}.${message.name}`;
    if (!used.has(name)) {
      message.field = [];
      message.oneofDecl = [];
    }
    message.nestedType = message.nestedType.filter((nested) => stays.has(`${name}.${nested.name}`));
    message.enumType = message.enumType.filter((nested) => used.has(`${name}.${nested.name}`));
    for (const nested of message.nestedType) prune(name, nested);
  };
  for (const file of set.file) {
    file.sourceCodeInfo = undefined;
    file.messageType = file.messageType.filter((message) => stays.has(`${file.package}.${message.name}`));
    file.enumType = file.enumType.filter((declared) => used.has(`${file.package}.${declared.name}`));
    for (const message of file.messageType) prune(file.package, message);
  }
  dropEmptyFiles(set);
  return [...used].filter((name) => messages.has(name)).length;
}

const hasOneof = (field) => Object.hasOwn(field, 'oneofIndex');

function keepFields(messages, name, fields) {
  const message = messages.get(name);
  if (message === undefined)
    throw new Error(`The keep-list names the message ${name}, which this Spark does not have.`);
  const present = new Set(message.field.map((field) => field.name));
  const missing = fields.filter((field) => !present.has(field));
  if (missing.length > 0)
    throw new Error(`The keep-list names fields that ${name} does not have: ${missing.join(', ')}.`);
  message.field = message.field.filter((field) => fields.includes(field.name));
  const live = [...new Set(message.field.filter(hasOneof).map((field) => field.oneofIndex))].sort((a, b) => a - b);
  message.oneofDecl = live.map((index) => message.oneofDecl[index]);
  for (const field of message.field) if (hasOneof(field)) field.oneofIndex = live.indexOf(field.oneofIndex);
}

function keepService(set, { name, methods }) {
  for (const file of set.file) {
    file.service = file.service.filter((service) => `${file.package}.${service.name}` === name);
    for (const service of file.service)
      service.method = service.method.filter((method) => methods.includes(method.name));
  }
  const services = set.file.flatMap((file) => file.service);
  const found = new Set(services.flatMap((service) => service.method.map((method) => method.name)));
  const missing = methods.filter((method) => !found.has(method));
  if (missing.length > 0)
    throw new Error(`The keep-list names RPCs that ${name} does not have: ${missing.join(', ')}.`);
  return services;
}

function dropEmptyFiles(set) {
  set.file = set.file.filter((file) => file.messageType.length + file.enumType.length + file.service.length > 0);
  const names = new Set(set.file.map((file) => file.name));
  for (const file of set.file) {
    file.dependency = file.dependency.filter((name) => names.has(name));
    file.publicDependency = [];
    file.weakDependency = [];
  }
}
