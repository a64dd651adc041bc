import java.io.FileInputStream;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Judges PDF files: java Vera ua1,3a FILE... prints "PASS flavour file" or "FAIL ..." with a line per broken rule. */
public class Vera {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (int n = 1; n < arguments.length; n++) {
      for (String flavour : arguments[0].split(",")) {
        judge(flavour, arguments[n]);
      }
    }
  }

  private static void judge(String flavour, String file) {
    PDFAFlavour wanted = PDFAFlavour.byFlavourId(flavour);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), wanted);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(wanted, false)) {
      ValidationResult result = validator.validate(parser);
      if (result.isCompliant() && result.getTotalAssertions() > 0) {
        System.out.println("PASS " + flavour + " " + file);
        return;
      }
      System.out.println("FAIL " + flavour + " " + file);
      TreeMap<String, String> broken = new TreeMap<>();
      for (TestAssertion found : result.getTestAssertions()) {
        if (found.getStatus() == TestAssertion.Status.FAILED) {
          String rule = found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber() + " " + found.getMessage();
          broken.putIfAbsent(rule, found.getLocation().getContext());
        }
      }
      broken.forEach((rule, place) -> System.out.println("  " + rule + " at " + place));
    } catch (Exception problem) {
      System.out.println("FAIL " + flavour + " " + file);
      System.out.println("  cannot be read: " + problem);
    }
  }
}
