/** What a backbone of that model is known by. @param digits of a hash over its layers and weights. */
export function backboneIdOf(modelName: string, digits: string): string {
  return `${modelName}-${digits}`;
}

/** The name of the model that a backbone is of. */
export function modelOfBackbone(backboneId: string): string {
  return backboneId.slice(0, backboneId.lastIndexOf('-'));
}
