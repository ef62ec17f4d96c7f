/// The version of this package, which `--version`, run.json and a student's config.json carry.
public enum PackageVersion {
  /// The version by semver.org; CHANGELOG.md says what it brought.
  public static let current = "0.2.0"
}
