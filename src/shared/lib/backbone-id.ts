/** The id of a model's backbone. @param digits of a hash over its layers and weights. */
export function backboneIdOf(modelName: string, digits: string): string {
  return `${modelName}-${digits}`;
}

/** The name of the model that a backbone belongs to. */
export function modelOfBackbone(backboneId: string): string {
  return backboneId.slice(0, backboneId.lastIndexOf('-'));
}
